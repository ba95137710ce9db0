package dev.weft.http;

import dev.weft.http.CallFailure.Kind;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** What an exception on the wire means. */
final class WireFailures {

    private WireFailures() {}

    /** Tells failures of TLS and of connecting from those of a connection that stood. */
    static CallFailure of(Throwable thrown, String host) {
        Throwable root = thrown;
        boolean tls = false;
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            tls |= at instanceof SSLException || at instanceof CertificateException;
            root = at;
        }
        if (tls) {
            return new CallFailure(Kind.TLS, "TLS with " + host + " failed: " + words(root));
        }
        if (root instanceof UnknownHostException) {
            return new CallFailure(Kind.CONNECT, "the name " + host + " is not known");
        }
        if (thrown instanceof ConnectException) {
            return new CallFailure(Kind.CONNECT, host + " took no connection: " + words(root));
        }
        if (thrown instanceof IOException) {
            return new CallFailure(Kind.BROKEN, "the connection to " + host + " broke: " + words(root));
        }
        boolean protocol = thrown instanceof DecoderException
                || thrown instanceof Http2Exception
                || thrown instanceof IllegalArgumentException;
        return new CallFailure(
                Kind.BROKEN,
                protocol
                        ? "what " + host + " sent is not HTTP"
                        : "the call to " + host + " broke: " + root.getClass().getSimpleName());
    }

    private static String words(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
