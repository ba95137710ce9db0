package dev.weft.job;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.function.FunctionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code spec.egress}: which channel stands behind the name that functions have for an egress. */
final class EgressSection {

    private final Channels channels;
    private final Optional<String> deadLetter;
    private final Problems problems;
    private final List<Scalar> written = new ArrayList<>();

    EgressSection(Channels channels, Optional<String> deadLetter, Problems problems) {
        this.channels = channels;
        this.deadLetter = deadLetter;
        this.problems = problems;
    }

    /** Reads all members. */
    Map<FunctionType, String> read(Fields fields) {
        Map<FunctionType, String> egress = new LinkedHashMap<>();
        for (Map.Entry<String, Node> member : fields.members()) {
            String path = member.getValue().path();
            Optional<FunctionType> name = FunctionNames.type(member.getKey());
            if (name.isEmpty()) {
                String found = "the egress's name \"" + member.getKey() + "\"";
                problems.add(fields.keyAt(member.getKey()), path, found, FunctionNames.EGRESS);
            } else if (name.get().namespace().equals(FunctionNames.CHANNELS)) {
                problems.add(
                        fields.keyAt(member.getKey()),
                        path,
                        "the egress's name \"" + member.getKey() + "\"",
                        "another namespace: in this one every channel is an egress already");
            }
            channel(member.getValue()).ifPresent(to -> name.ifPresent(it -> egress.put(it, to)));
        }
        return egress;
    }

    private Optional<String> channel(Node at) {
        Optional<String> channel = channels.target(at, problems);
        if (channel.isPresent() && at instanceof Scalar scalar) {
            if (channel.equals(deadLetter)) {
                problems.add(at, "the dead letter channel " + at.described(), "another channel");
            }
            written.add(scalar);
        }
        return channel;
    }

    /** Returns where the channels stand that are written to. */
    List<Scalar> written() {
        return written;
    }
}
