package dev.weft.job.flink.function;

import dev.weft.function.FunctionCatalog;
import java.io.Serializable;

/** Opens the functions of a job, once for each subtask. */
public interface CatalogFactory extends Serializable {

    /**
     * Opens them.
     *
     * @param userCode where Flink has the classes of the job
     */
    Opened open(ClassLoader userCode) throws Exception;

    /**
     * Functions that can be called.
     *
     * @param closing is closed when none is called any more
     */
    record Opened(FunctionCatalog catalog, AutoCloseable closing) {}
}
