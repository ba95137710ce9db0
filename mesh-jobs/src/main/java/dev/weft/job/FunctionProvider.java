package dev.weft.job;

import dev.weft.function.FunctionTerms;
import dev.weft.function.remote.RemoteEndpoint;
import java.io.Serializable;
import java.util.stream.Stream;

/** Where functions of some types are. A type has one provider; one that names it goes before one that means many. */
public sealed interface FunctionProvider extends Serializable {

    /** Returns on what terms the functions are called. */
    FunctionTerms terms();

    /** Returns the names of the environment variables that hold secrets of calls. */
    default Stream<String> variables() {
        return Stream.empty();
    }

    /**
     * The functions of a class in the users' jars: what its public static fields of type {@code StatefulFunctionSpec}
     * hold.
     */
    record OfClass(String className, FunctionTerms terms) implements FunctionProvider {}

    /** The functions of every class that the users' jars name as a service {@code StatefulFunction}. */
    record Discovered(FunctionTerms terms) implements FunctionProvider {}

    /** Functions that are served over HTTP. */
    record Remote(RemoteEndpoint endpoint) implements FunctionProvider {

        @Override
        public FunctionTerms terms() {
            return endpoint.terms();
        }

        @Override
        public Stream<String> variables() {
            return endpoint.http().variables().stream();
        }
    }

    /** Durable workflows, which are functions of the namespace {@code weft.workflow}. */
    record Durable(Workflows workflows) implements FunctionProvider {

        @Override
        public FunctionTerms terms() {
            return FunctionTerms.USUAL;
        }

        @Override
        public Stream<String> variables() {
            return workflows.secrets().values().stream().flatMap(secret -> secret.variables().stream());
        }
    }
}
