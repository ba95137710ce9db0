package dev.weft.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Finds those of many blocks that hold an address: one look-up for each length of mask. */
final class BlockTable {

    private final List<Mask> masks;

    private BlockTable(List<Mask> masks) {
        this.masks = masks;
    }

    /** The blocks of one family and length, by their first address. */
    private record Mask(boolean isV6, int length, Map<IpAddress, Gate> byNetwork) {}

    void open(IpAddress address, SegmentWalk walk) {
        for (int i = 0; i < masks.size(); i++) {
            Mask mask = masks.get(i);
            Gate gate = mask.isV6() == address.isV6() ? mask.byNetwork().get(address.masked(mask.length())) : null;
            if (gate != null) {
                walk.pass(gate);
            }
        }
    }

    boolean isEmpty() {
        return masks.isEmpty();
    }

    void addTo(Footprint footprint) {
        footprint.object(4).list(masks);
        for (Mask mask : masks) {
            footprint.object(12).map(mask.byNetwork());
            mask.byNetwork().forEach((network, gate) -> {
                footprint.object(20);
                gate.addTo(footprint);
            });
        }
    }

    /** A table while it is being filled. */
    static final class Draft {
        private final Map<Integer, Map<IpAddress, Gate.Draft>> byLength = new HashMap<>();

        void add(IpAddress network, int length, Branch branch, boolean isSure) {
            int key = network.isV6() ? 1000 + length : length;
            byLength.computeIfAbsent(key, any -> new HashMap<>())
                    .computeIfAbsent(network, any -> new Gate.Draft())
                    .add(branch, isSure);
        }

        BlockTable finish(IntSupplier gateNumbers) {
            List<Mask> masks = new ArrayList<>();
            byLength.forEach((key, drafts) -> {
                Map<IpAddress, Gate> byNetwork = new HashMap<>();
                drafts.forEach((network, draft) -> byNetwork.put(network, draft.finish(gateNumbers.getAsInt())));
                masks.add(new Mask(key >= 1000, key % 1000, byNetwork));
            });
            return new BlockTable(masks);
        }
    }
}
