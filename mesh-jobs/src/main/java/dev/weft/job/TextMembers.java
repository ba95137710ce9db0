package dev.weft.job;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a mapping of free names to text, as labels are. */
final class TextMembers {

    private TextMembers() {}

    static Map<String, String> read(Fields fields, Problems problems) {
        Map<String, String> read = new LinkedHashMap<>();
        for (Map.Entry<String, Node> member : fields.members()) {
            Node value = member.getValue();
            if (value instanceof Scalar scalar && scalar.value() instanceof String text) {
                read.put(member.getKey(), text);
            } else {
                problems.add(value, value.described(), "text" + (value instanceof Scalar ? ", in quotes" : ""));
            }
        }
        return read;
    }
}
