package dev.weft.job.trial.function;

import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;

/** The interpreter that jobs load. */
public final class InJvmInterpreter {

    public static final StatefulFunctionSpec FUNCTION = CommandInterpreter.spec(Command.Kind.IN_JVM);

    private InJvmInterpreter() {}
}
