package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.Serializable;
import java.util.List;

/**
 * What a rule asks of the payload, nested as the payload is.
 *
 * <p>Arrays are transparent: of an array, some element must be what is asked for, however deep the arrays nest. The
 * fields below one name are asked of one object, so two fields below an array hold in the same element or not at all.
 */
sealed interface FieldTree extends Serializable {

    /**
     * Returns whether {@code value} is what is asked for.
     *
     * @param absent for each leaf that accepts absence, by its number, whether its path has no value in the payload
     */
    boolean holds(JsonNode value, boolean[] absent, Observer observer);

    /** Named fields of one object, all of which must hold. */
    record Fields(List<String> path, List<String> names, List<FieldTree> children) implements FieldTree {

        public Fields {
            path = List.copyOf(path);
            names = List.copyOf(names);
            children = List.copyOf(children);
        }

        @Override
        public boolean holds(JsonNode value, boolean[] absent, Observer observer) {
            Found found = search(value, absent, observer);
            // Without an object, all fields are missing, which may be just what is asked for.
            boolean holds = found == Found.NO_OBJECT
                    ? holdInObject(MissingNode.getInstance(), absent, observer)
                    : found == Found.HOLDS;
            observer.sawFields(this, holds);
            return holds;
        }

        private Found search(JsonNode value, boolean[] absent, Observer observer) {
            if (value.isObject()) {
                return holdInObject(value, absent, observer) ? Found.HOLDS : Found.ONLY_OTHERS;
            }
            Found found = Found.NO_OBJECT;
            if (value.isArray()) {
                for (int i = 0; i < value.size() && found != Found.HOLDS; i++) {
                    Found inElement = search(value.get(i), absent, observer);
                    found = inElement == Found.NO_OBJECT ? found : inElement;
                }
            }
            return found;
        }

        private boolean holdInObject(JsonNode object, boolean[] absent, Observer observer) {
            boolean all = true;
            for (int i = 0; i < names.size(); i++) {
                if (!children.get(i).holds(object.path(names.get(i)), absent, observer)) {
                    if (!observer.wantsAll()) {
                        return false;
                    }
                    all = false;
                }
            }
            return all;
        }

        private enum Found {
            NO_OBJECT,
            ONLY_OTHERS,
            HOLDS
        }
    }

    /**
     * The values of one field, one of which must be one of the alternatives.
     *
     * @param path from the payload's root
     * @param absence the leaf's number among those that accept absence; -1 if it does not
     */
    record Leaf(List<String> path, Alternatives alternatives, int absence) implements FieldTree {

        public Leaf {
            path = List.copyOf(path);
        }

        @Override
        public boolean holds(JsonNode value, boolean[] absent, Observer observer) {
            boolean holds = (absence >= 0 && absent[absence]) || anyMatches(value);
            observer.sawLeaf(this, value, holds);
            return holds;
        }

        private boolean anyMatches(JsonNode value) {
            if (value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                    if (anyMatches(value.get(i))) {
                        return true;
                    }
                }
                return false;
            }
            return value.isValueNode() && alternatives.match(value);
        }

        /** Returns whether nothing on the leaf's path in the whole payload is a value. */
        boolean isAbsentFrom(JsonNode payload) {
            return isAbsent(payload, 0);
        }

        private boolean isAbsent(JsonNode value, int depth) {
            if (value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                    if (!isAbsent(value.get(i), depth)) {
                        return false;
                    }
                }
                return true;
            }
            if (depth == path.size()) {
                return !value.isValueNode() || value.isMissingNode();
            }
            return !value.isObject() || isAbsent(value.path(path.get(depth)), depth + 1);
        }
    }
}
