package dev.weft.function.remote;

import dev.weft.function.Answer;
import dev.weft.http.CallFailure;
import dev.weft.http.CallFailure.Kind;
import dev.weft.http.CallResult;
import dev.weft.http.HttpReply;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * What the outcome of an HTTP call means for the function that was called.
 *
 * <p>A function has run where the status is 2xx, the type of the content {@code application/octet-stream}, and the body
 * an answer of the protocol. Else the call has failed. It is worth repeating wherever somebody may mend the cause
 * without a change of the message: the server starts, is replaced, is overloaded or throws; a gateway before it does
 * not know it yet (404, 405, or a page of its own); credentials are being renewed (401, 403); a redirect leads to a
 * page. It is not where the refusal is of this request, or of its answer: 400, 413, 414, 415, 422, 431 and 501, an
 * answer that is too large, an answer of the protocol that cannot be, an address that must not be called.
 *
 * <p>Differs from Apache StateFun, whose older transport gives up at once on most of 4xx and whose newer one on none;
 * both then fail the job.
 */
final class CallAnswer {

    /** What both the request and the answer are. */
    static final String CONTENT = "application/octet-stream";

    private static final Set<Integer> OF_THIS_REQUEST = Set.of(400, 413, 414, 415, 422, 431, 501);
    private static final Set<Kind> FOR_GOOD = Set.of(Kind.TOO_LARGE, Kind.FORBIDDEN_ADDRESS);

    private CallAnswer() {}

    /** Returns the answer of a call to {@code url}; a failure says where and how it came about, and no secret. */
    static Answer of(URI url, CallResult result) {
        if (result instanceof CallFailure failure) {
            return new Answer.Failed(failure.detail(), !FOR_GOOD.contains(failure.kind()));
        }
        HttpReply reply = (HttpReply) result;
        if (!reply.isSuccess()) {
            String body = Excerpt.of(reply.body());
            String detail = "%s answers %d%s".formatted(where(url), reply.status(), body.isEmpty() ? "" : ": " + body);
            return new Answer.Failed(detail, !OF_THIS_REQUEST.contains(reply.status()));
        }
        String content = reply.header("content-type").orElse("");
        if (!mediaType(content).equals(CONTENT)) {
            String detail = "%s answers %d with %s, where %s is expected: %s"
                    .formatted(
                            where(url),
                            reply.status(),
                            content.isEmpty() ? "no content-type" : Excerpt.of(content),
                            CONTENT,
                            Excerpt.of(reply.body()));
            return new Answer.Failed(detail, true);
        }
        Answer answer = BatchAnswer.read(reply.body());
        return answer instanceof Answer.Failed failed
                ? new Answer.Failed(where(url) + ": " + failed.detail(), failed.isWorthRetrying())
                : answer;
    }

    /** Without a query, which may hold a key. */
    private static String where(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority() + (url.getRawPath() == null ? "" : url.getRawPath());
    }

    private static String mediaType(String content) {
        int parameters = content.indexOf(';');
        return (parameters < 0 ? content : content.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
