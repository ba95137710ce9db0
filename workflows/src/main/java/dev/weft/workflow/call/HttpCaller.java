package dev.weft.workflow.call;

import dev.weft.config.SecretUnavailable;
import dev.weft.http.AddressPolicy;
import dev.weft.http.CallResult;
import dev.weft.http.HttpHeader;
import dev.weft.http.HttpReply;
import dev.weft.workflow.Errors;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Carries out calls over HTTP. No thread waits for one. A call that is carried out again has the same header
 * {@code Idempotency-Key}, by which whoever is called can tell; nothing is repeated here, but for what proving who
 * calls takes: an answer to a challenge, another token for one that was refused.
 *
 * <p>Which addresses may be called the policy says, for tokens too. Secrets are looked up for each call; no error has
 * one in it, even where the answer had.
 *
 * <p>Safe for use by several threads.
 */
public final class HttpCaller implements AutoCloseable {

    private static final int UNAUTHORIZED = 401;
    private static final byte[] NO_BODY = {};

    private final Secrets secrets;
    private final Origins origins;
    private final Tokens tokens;

    /**
     * Makes one; nothing is connected before the first call.
     *
     * @param millis milliseconds from any start, which never go back
     */
    public HttpCaller(CallTerms terms, AddressPolicy policy, Secrets secrets, LongSupplier millis) {
        this.secrets = secrets;
        this.origins = new Origins(terms, policy, millis);
        this.tokens = new Tokens(origins, millis);
    }

    /**
     * Makes a call. Never throws, and gives exactly one outcome, before this returns or later, on a thread that must
     * not be held up.
     */
    public void call(CallRequest request, Consumer<CallOutcome> outcome) {
        Disclosed disclosed = new Disclosed(secrets);
        Consumer<CallOutcome> told = it -> outcome.accept(disclosed.hiddenIn(it));
        try {
            new Attempt(request, disclosed, told).begin();
        } catch (SecretUnavailable e) {
            told.accept(CallOutcome.failed(Errors.AUTHORIZATION, request + ": " + e.getMessage()));
        } catch (CallMistake e) {
            told.accept(new CallOutcome(null, e.error("")));
        } catch (IllegalArgumentException e) {
            told.accept(CallOutcome.failed(Errors.CONFIGURATION, request + ": a secret makes no address of it"));
        }
    }

    /** Gives up what is under way: each call has its outcome, which is a failure. */
    @Override
    public void close() {
        origins.close();
    }

    /** One call on its way. */
    private final class Attempt {

        private final CallRequest request;
        private final Consumer<CallOutcome> outcome;
        private final Disclosed disclosed;
        private final URI url;
        private final List<HttpHeader> headers;
        private final byte[] body;
        private final Authentication authentication;

        Attempt(CallRequest request, Disclosed disclosed, Consumer<CallOutcome> outcome) throws CallMistake {
            this.request = request;
            this.outcome = outcome;
            this.disclosed = disclosed;
            this.url = URI.create(request.uri().filled(disclosed));
            this.headers = new ArrayList<>();
            for (CallRequest.Header header : request.headers()) {
                headers.add(new HttpHeader(header.name(), header.value().filled(disclosed)));
            }
            if (headers.stream().noneMatch(header -> header.name().equals("idempotency-key"))) {
                headers.add(new HttpHeader("idempotency-key", request.idempotencyKey()));
            }
            GuardedText text = request.body();
            this.body = text == null ? NO_BODY : text.filled(disclosed).getBytes(StandardCharsets.UTF_8);
            this.authentication = Authentication.of(request.authentication(), disclosed);
        }

        void begin() {
            if (authentication instanceof Authentication.Header header) {
                send(Optional.of(header.value()), this::end);
            } else if (authentication instanceof Authentication.Digest digest) {
                send(Optional.empty(), result -> answerChallenge(digest, result));
            } else if (authentication instanceof Authentication.Token token) {
                sendWithToken(token.request(), true);
            } else {
                send(Optional.empty(), this::end);
            }
        }

        private void answerChallenge(Authentication.Digest digest, CallResult result) {
            Optional<DigestChallenge> challenge = result instanceof HttpReply reply && reply.status() == UNAUTHORIZED
                    ? DigestChallenge.of(reply)
                    : Optional.empty();
            if (challenge.isEmpty()) {
                end(result);
                return;
            }
            String target = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            String whole = url.getRawQuery() == null ? target : target + "?" + url.getRawQuery();
            send(Optional.of(challenge.get().authorization(digest, request.method(), whole)), this::end);
        }

        private void sendWithToken(TokenRequest wanted, boolean mayRepeat) {
            tokens.ask(
                    wanted,
                    Tokens.either(
                            token -> {
                                disclosed.add(token);
                                send(Optional.of("Bearer " + token), result -> {
                                    boolean refused =
                                            result instanceof HttpReply reply && reply.status() == UNAUTHORIZED;
                                    if (refused && mayRepeat) {
                                        tokens.drop(wanted, token);
                                        sendWithToken(wanted, false);
                                    } else {
                                        end(result);
                                    }
                                });
                            },
                            problem -> outcome.accept(
                                    CallOutcome.failed(Errors.AUTHENTICATION, request + ": " + problem))));
        }

        private void send(Optional<String> authorization, Consumer<CallResult> result) {
            List<HttpHeader> all = new ArrayList<>(headers);
            authorization.ifPresent(value -> {
                all.removeIf(header -> header.name().equals("authorization"));
                all.add(new HttpHeader("authorization", value));
            });
            Optional<HttpHeader> broken =
                    all.stream().filter(header -> !canBeSent(header.value())).findFirst();
            if (broken.isPresent()) {
                // The host is not to blame, and is not taken for dead.
                outcome.accept(CallOutcome.failed(
                        Errors.CONFIGURATION,
                        "%s: found a character in the header %s that no header can hold, such as the end of a line"
                                .formatted(request, broken.get().name())));
                return;
            }
            origins.send(url, request.method(), all, body, result);
        }

        /** Field values hold no control characters but tabs (RFC 9110, 5.5); secrets in files often end a line. */
        private static boolean canBeSent(String value) {
            return value.chars().allMatch(c -> (c >= ' ' && c != 0x7F) || c == '\t');
        }

        private void end(CallResult result) {
            outcome.accept(outcome(result));
        }

        /** Whatever an answer is like, something comes of it: nobody may wait for it for ever. */
        private CallOutcome outcome(CallResult result) {
            try {
                return HttpAnswer.outcome(request, result);
            } catch (RuntimeException e) {
                return CallOutcome.failed(Errors.RUNTIME, request + ": cannot read the answer: " + e);
            }
        }
    }
}
