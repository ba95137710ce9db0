package dev.weft.workflow.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import org.joni.Region;

/**
 * What {@code test} and {@code match}, and all that is made of them, rest on: as the library's own, but it ends in
 * time.
 */
final class RegexMatch implements Function {

    @Override
    public void apply(Scope scope, List<Expression> args, JsonNode in, Path path, PathOutput output, Version version)
            throws JsonQueryException {
        String text = RegexSearch.text("the input of a match", in);
        args.get(2)
                .apply(
                        scope,
                        in,
                        test -> args.get(1)
                                .apply(
                                        scope,
                                        in,
                                        flags -> args.get(0).apply(scope, in, regex -> {
                                            RegexSearch search = RegexSearch.of(
                                                    RegexSearch.text("a regular expression", regex), flags, text);
                                            output.emit(
                                                    test.asBoolean()
                                                            ? BooleanNode.valueOf(search.find(0))
                                                            : all(search),
                                                    null);
                                        })));
    }

    private static ArrayNode all(RegexSearch search) {
        ArrayNode matches = JsonNodeFactory.instance.arrayNode();
        int offset = 0;
        while (search.find(offset)) {
            matches.add(match(search));
            Metered.meter().visit();
            offset = search.end() == offset ? offset + 1 : search.end();
            if (!search.isGlobal() || offset >= search.length()) {
                break;
            }
        }
        return matches;
    }

    private static ObjectNode match(RegexSearch search) {
        ObjectNode match = span(search, search.begin(), search.end());
        ArrayNode captures = match.putArray("captures");
        Region groups = search.groups();
        if (groups != null && search.end() != search.begin()) {
            for (int i = 1; i < groups.getNumRegs(); i++) {
                ObjectNode capture = span(search, groups.getBeg(i), groups.getEnd(i));
                captures.add(capture.put("name", search.name(i)));
            }
        }
        return match;
    }

    private static ObjectNode span(RegexSearch search, int begin, int end) {
        ObjectNode span = JsonNodeFactory.instance.objectNode();
        if (begin < 0) {
            return span.put("offset", -1).put("length", 0).putNull("string");
        }
        int offset = search.offset(begin);
        return span.put("offset", offset)
                .put("length", search.characters(begin, end))
                .put("string", search.text(begin, end));
    }
}
