package dev.weft.delivery;

/**
 * Where a parcel waits, within the bucket of its {@link ParcelStore}.
 *
 * @param key the order key, for {@link Area#BEHIND}; else empty
 * @param number counted up within the area, and within the key
 */
public record Place(String target, Area area, String key, long number) {

    /** What a parcel waits for. */
    public enum Area {
        /** For room at the target, never tried yet. */
        QUEUE,
        /** For room at the target; before those of the queue, as its time has come. */
        DUE,
        /** For the time of its next attempt. */
        LATER,
        /** For an answer: it is on its way. */
        FLYING,
        /** For others of its key to be through. */
        BEHIND
    }

    /** Returns the place of a parcel that is on its way. */
    public static Place flying(String target, long number) {
        return new Place(target, Area.FLYING, "", number);
    }

    static Place queue(String target, long number) {
        return new Place(target, Area.QUEUE, "", number);
    }

    static Place due(String target, long number) {
        return new Place(target, Area.DUE, "", number);
    }

    static Place later(String target, long number) {
        return new Place(target, Area.LATER, "", number);
    }

    static Place behind(String target, String key, long number) {
        return new Place(target, Area.BEHIND, key, number);
    }
}
