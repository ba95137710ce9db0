package dev.weft.workflow.classic;

/**
 * The expressions by which results and events become part of a state's data. By "Data Merging" of the specification:
 * objects are merged, member by member; of arrays, the elements that are new are added; anything else is replaced. What
 * is null changes nothing.
 */
final class Merging {

    private static final String DEFINITIONS = """
            def weftMerged($a; $b):
              if ($a | type) == "object" and ($b | type) == "object" then
                reduce ($b | to_entries[]) as $e
                  ($a; .[$e.key] = (if has($e.key) then weftMerged(.[$e.key]; $e.value) else $e.value end))
              elif ($a | type) == "array" and ($b | type) == "array" then $a + ($b - $a)
              else $b end;
            def weftChanged($d; $b):
              if type == "object" and ($b | type) == "object" then
                reduce ($b | to_entries[]) as $e
                  (.; if ($d | type) == "object" and ($d | has($e.key)) and $d[$e.key] == $e.value then .
                      elif has($e.key) then .[$e.key] |= weftChanged(($d | if type == "object" then .[$e.key] else null end); $e.value)
                      else .[$e.key] = $e.value end)
              elif type == "array" and ($b | type) == "array" then . + ($b - .)
              else $b end;
            def weftInto(f; $r):
              if $r == null then .
              else f |= (if . == null then $r else weftMerged(.; $r) end) end;
            def weftIntoData($r):
              if $r == null then .
              elif ($r | type) == "object" then weftMerged(.; $r)
              else error("a result that is no object has no place in the data of a state: say toStateData") end;
            """;

    private Merging() {}

    /** Returns an expression that may use what the others here return. */
    static String with(String expression) {
        return DEFINITIONS + expression;
    }

    /**
     * Returns the expression that merges a result into data, to stand in one of {@link #with}.
     *
     * @param data an expression: into what
     * @param result an expression: what
     * @param place an expression asked of the data: where; empty for the data as a whole
     */
    static String into(String data, String result, String place) {
        String merge = place.isEmpty() ? "weftIntoData($weftResult)" : "weftInto(" + block(place) + "; $weftResult)";
        return block(data) + " as $weftData | " + block(result) + " as $weftResult | $weftData | " + merge;
    }

    /**
     * As {@link #into}, of all data that branches made, in their order, into what they began with. What a branch left
     * as it was does not undo what another has changed.
     */
    static String all(String data, String branches) {
        return block(data) + " as $weftData | reduce (" + branches + " | .[]) as $weftBranch ($weftData; "
                + "if $weftBranch == null then . else weftChanged($weftData; $weftBranch) end)";
    }

    /** Returns an expression as a part of another, whatever it ends with. */
    static String block(String expression) {
        return "(" + expression + "\n)";
    }
}
