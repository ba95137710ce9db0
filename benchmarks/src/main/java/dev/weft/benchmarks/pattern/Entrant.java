package dev.weft.benchmarks.pattern;

import java.nio.file.Path;
import java.util.Arrays;

/** Who can be asked, by the name that the report has. */
enum Entrant {
    FLINK_CEP("flink-cep, heap") {
        @Override
        Contender open(Question question, Path folder) throws Exception {
            return new FlinkCepContender(question, Backend.HEAP, folder, false);
        }
    },
    FLINK_CEP_FILTERED("flink-cep, heap, filtered") {
        @Override
        Contender open(Question question, Path folder) throws Exception {
            return new FlinkCepContender(question, Backend.HEAP, folder, true);
        }
    },
    FLINK_CEP_ROCKSDB("flink-cep, rocksdb") {
        @Override
        Contender open(Question question, Path folder) throws Exception {
            return new FlinkCepContender(question, Backend.ROCKSDB, folder, false);
        }
    },
    FLINK_CEP_ROCKSDB_FILTERED("flink-cep, rocksdb, filtered") {
        @Override
        Contender open(Question question, Path folder) throws Exception {
            return new FlinkCepContender(question, Backend.ROCKSDB, folder, true);
        }
    },
    WEFT("weft, heap") {
        @Override
        Contender open(Question question, Path folder) throws Exception {
            return new WeftContender(question, Backend.HEAP, folder, false, AMPLE);
        }
    },
    WEFT_LOOKING("weft, heap, look-out") {
        @Override
        Contender open(Question question, Path folder) throws Exception {
            return new WeftContender(question, Backend.HEAP, folder, true, AMPLE);
        }
    },
    WEFT_ROCKSDB("weft, rocksdb") {
        @Override
        Contender open(Question question, Path folder) throws Exception {
            return new WeftContender(question, Backend.ROCKSDB, folder, false, AMPLE);
        }
    },
    WEFT_ROCKSDB_FIFTH("weft, rocksdb, fifth") {
        @Override
        Contender open(Question question, Path folder) throws Exception {
            return new WeftContender(question, Backend.ROCKSDB, folder, false, question.memoryOfFifth());
        }
    },
    WEFT_ROCKSDB_LOOKING("weft, rocksdb, look-out") {
        @Override
        Contender open(Question question, Path folder) throws Exception {
            return new WeftContender(question, Backend.ROCKSDB, folder, true, AMPLE);
        }
    },
    ESPER("esper") {
        @Override
        Contender open(Question question, Path folder) throws Exception {
            return new EsperContender(question);
        }

        @Override
        boolean knows(Question question) {
            return EsperContender.knows(question);
        }
    },
    SIDDHI("siddhi") {
        @Override
        Contender open(Question question, Path folder) {
            return new SiddhiContender(question);
        }

        @Override
        boolean knows(Question question) {
            return SiddhiContender.knows(question);
        }
    };

    /** More than all rows take. */
    private static final long AMPLE = 900_000_000;

    private final String title;

    Entrant(String title) {
        this.title = title;
    }

    abstract Contender open(Question question, Path folder) throws Exception;

    /** Whether it can be asked that. */
    boolean knows(Question question) {
        return true;
    }

    String title() {
        return title;
    }

    static Entrant of(String title) {
        return Arrays.stream(values())
                .filter(entrant -> entrant.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is nobody called " + title));
    }
}
