package dev.weft.benchmarks.function;

import dev.weft.function.FunctionCatalog;
import dev.weft.function.FunctionTerms;
import dev.weft.function.FunctionType;
import dev.weft.function.jvm.FunctionClasses;
import dev.weft.function.jvm.JvmFunctions;
import dev.weft.job.flink.function.CatalogFactory;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;

/** The functions of {@link PingPong}, which are called as every function in the JVM is. */
final class Players implements CatalogFactory {

    private static final long serialVersionUID = 1;

    @Override
    public Opened open(Opening opening) throws Exception {
        ClassLoader userCode = opening.userCode();
        Map<FunctionType, StatefulFunctionSpec> specs = FunctionClasses.of(PingPong.class.getName(), userCode);
        JvmFunctions functions = new JvmFunctions(specs, userCode, FunctionTerms.USUAL.timeout());
        Optional<FunctionCatalog.Entry> entry = Optional.of(new FunctionCatalog.Entry(functions, FunctionTerms.USUAL));
        return new Opened(type -> specs.containsKey(type) ? entry : Optional.empty(), functions);
    }
}
