package dev.weft.filter;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leads from the values of one field to the branches whose tests may hold of them, whatever the number of branches.
 *
 * @param field the field's number
 * @param texts whole texts
 * @param foldedTexts whole texts without regard to case
 * @param affixes beginnings, ends and parts of texts
 * @param foldedAffixes the same without regard to case
 * @param blocks blocks of IP addresses
 * @param topics filters over levels of texts; null if there are none
 * @param numbers ranges of numbers; null if there are none
 * @param others branches whose tests are asked of every event
 * @param all every branch it leads to
 */
record Dictionary(
        int field,
        Map<String, Gate> texts,
        Map<String, Gate> foldedTexts,
        List<AffixTable> affixes,
        List<AffixTable> foldedAffixes,
        BlockTable blocks,
        @Nullable TopicTrie topics,
        @Nullable NumberTree numbers,
        List<Branch> others,
        List<Branch> all) {

    void open(FieldValues values, SegmentWalk walk) {
        for (int i = 0; i < values.count(); i++) {
            Value value = values.get(i);
            String text = value.text();
            if (text != null) {
                open(text, value, walk);
            }
            Decimal number = numbers == null ? null : value.number();
            if (numbers != null && number != null) {
                numbers.open(number, walk);
            }
        }
        for (int i = 0; i < others.size(); i++) {
            walk.openLikely(others.get(i));
        }
    }

    private void open(String text, Value value, SegmentWalk walk) {
        pass(texts, text, walk);
        open(affixes, text, walk);
        if (topics != null) {
            topics.open(text, walk);
        }
        if (!foldedTexts.isEmpty() || !foldedAffixes.isEmpty()) {
            String folded = value.folded(text);
            pass(foldedTexts, folded, walk);
            open(foldedAffixes, folded, walk);
        }
        IpAddress address = blocks.isEmpty() ? null : value.address();
        if (address != null) {
            blocks.open(address, walk);
        }
    }

    private static void pass(Map<String, Gate> gates, String text, SegmentWalk walk) {
        Gate gate = gates.get(text);
        if (gate != null) {
            walk.pass(gate);
        }
    }

    private static void open(List<AffixTable> tables, String text, SegmentWalk walk) {
        for (int i = 0; i < tables.size(); i++) {
            tables.get(i).open(text, walk);
        }
    }

    void addTo(Footprint footprint) {
        footprint.object(40).map(texts).map(foldedTexts).list(affixes).list(foldedAffixes);
        texts.values().forEach(gate -> gate.addTo(footprint));
        foldedTexts.forEach((text, gate) -> {
            footprint.text(text);
            gate.addTo(footprint);
        });
        affixes.forEach(table -> table.addTo(footprint));
        foldedAffixes.forEach(table -> table.addTo(footprint));
        blocks.addTo(footprint);
        if (topics != null) {
            topics.addTo(footprint);
        }
        if (numbers != null) {
            numbers.addTo(footprint);
        }
        footprint.list(others).list(all);
        all.forEach(branch -> branch.addTo(footprint));
    }
}
