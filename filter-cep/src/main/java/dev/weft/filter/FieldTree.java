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
     * @param around where evaluation stands; it is told of each object and field
     */
    boolean holds(JsonNode value, Surroundings around, Observer observer);

    /** Named fields of one object, all of which must hold. */
    record Fields(List<String> path, List<String> names, List<FieldTree> children) implements FieldTree {

        public Fields {
            path = List.copyOf(path);
            names = List.copyOf(names);
            children = List.copyOf(children);
        }

        @Override
        public boolean holds(JsonNode value, Surroundings around, Observer observer) {
            Found found = search(value, around, observer);
            // Without an object, all fields are missing, which may be just what is asked for.
            boolean holds = found == Found.NO_OBJECT
                    ? holdInObject(MissingNode.getInstance(), around, observer)
                    : found == Found.HOLDS;
            observer.sawFields(this, holds);
            return holds;
        }

        private Found search(JsonNode value, Surroundings around, Observer observer) {
            if (value.isObject()) {
                return holdInObject(value, around, observer) ? Found.HOLDS : Found.ONLY_OTHERS;
            }
            Found found = Found.NO_OBJECT;
            if (value.isArray()) {
                for (int i = 0; i < value.size() && found != Found.HOLDS; i++) {
                    Found inElement = search(value.get(i), around, observer);
                    found = inElement == Found.NO_OBJECT ? found : inElement;
                }
            }
            return found;
        }

        private boolean holdInObject(JsonNode object, Surroundings around, Observer observer) {
            around.enter(path.size(), object);
            boolean all = true;
            for (int i = 0; i < names.size(); i++) {
                if (!children.get(i).holds(object.path(names.get(i)), around, observer)) {
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
     * @param whole the leaf's number among those that are also asked of all values on the path in the whole payload; -1
     *     if it is not
     */
    record Leaf(List<String> path, Alternatives alternatives, int whole) implements FieldTree {

        public Leaf {
            path = List.copyOf(path);
        }

        @Override
        public boolean holds(JsonNode value, Surroundings around, Observer observer) {
            around.stand(path);
            boolean holds = (whole >= 0 && around.holdsInWhole(whole)) || anyMatches(value, around);
            observer.sawLeaf(this, value, holds, around);
            return holds;
        }

        private boolean anyMatches(JsonNode value, Surroundings around) {
            if (value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                    if (anyMatches(value.get(i), around)) {
                        return true;
                    }
                }
                return false;
            }
            return value.isValueNode() && alternatives.match(value, around);
        }

        /**
         * Returns whether what is asked of the whole payload holds: nothing on the path is a value where absence is
         * wanted, or all that shall be there is.
         */
        boolean holdsInWhole(JsonNode payload) {
            if (alternatives.acceptAbsence() && isAbsent(payload, 0)) {
                return true;
            }
            for (ContainsAll asked : alternatives.ofAllValues()) {
                ContainsAll.Gathering gathering = asked.new Gathering();
                gather(payload, 0, gathering);
                if (gathering.isComplete()) {
                    return true;
                }
            }
            return false;
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

        private void gather(JsonNode value, int depth, ContainsAll.Gathering into) {
            if (value.isArray()) {
                for (int i = 0; i < value.size() && !into.isComplete(); i++) {
                    gather(value.get(i), depth, into);
                }
            } else if (depth < path.size()) {
                gather(value.path(path.get(depth)), depth + 1, into);
            } else if (value.isValueNode()) {
                into.add(value);
            }
        }
    }
}
