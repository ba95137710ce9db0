package dev.weft.delivery;

/**
 * Why an attempt failed.
 *
 * @param status the HTTP status, 0 where no answer came
 * @param detail for a person
 * @param body what the endpoint answered, at most {@value #LONGEST_BODY} bytes of it; nobody may write to it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Failure(int status, String detail, byte[] body) {

    /** How much of an answer is kept: what Knative keeps of it. */
    public static final int LONGEST_BODY = 1024;

    /** How much of an answer a detail quotes. */
    static final int LONGEST_EXCERPT = 200;
}
