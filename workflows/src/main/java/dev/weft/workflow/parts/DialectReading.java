package dev.weft.workflow.parts;

import dev.weft.config.DurationText;
import dev.weft.config.Fields;
import dev.weft.workflow.Dialect;
import dev.weft.workflow.IsoDuration;
import dev.weft.workflow.jq.Jq;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what metadata of a document say to Weft. Whatever else stands there is for others. */
public final class DialectReading {

    private static final Set<String> VARIABLES = Set.of("context", "workflow", "runtime");
    private static final String DURATION = "a duration such as 10m or PT10M";

    private final Reading reading;

    public DialectReading(Reading reading) {
        this.reading = reading;
    }

    /** Reads it; the fields are not closed. */
    public Dialect read(Fields metadata) {
        boolean compensates = metadata.optional("compensateOnFault").flag().orElse(false);
        Map<String, Jq> search = new LinkedHashMap<>();
        metadata.optional("search")
                .fields()
                .ifPresent(all -> all.members()
                        .forEach(it -> reading.expressions()
                                .jq(it.getValue(), VARIABLES)
                                .ifPresent(jq -> search.put(it.getKey(), jq))));
        Optional<Duration> earlyEvents = metadata.optional("earlyEvents")
                .parsed(DURATION, text -> DurationText.parse(text).or(() -> IsoDuration.parse(text)));
        return new Dialect(compensates, search, earlyEvents.orElse(null));
    }
}
