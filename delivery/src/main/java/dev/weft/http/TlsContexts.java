package dev.weft.http;

import dev.weft.config.SecretText;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What TLS needs, made of PEM files, and made anew when one of them has changed. Safe for use by several threads. */
final class TlsContexts {

    private final TlsFiles files;
    private final HttpProtocol version;
    private final Map<String, String> environment;
    private List<FileTime> madeOf = List.of();
    private @Nullable SslContext made;

    TlsContexts(TlsFiles files, HttpProtocol version, Map<String, String> environment) {
        this.files = files;
        this.version = version;
        this.environment = environment;
    }

    /** Reads files, so it may block. Throws where one cannot be read, or holds no certificate or key. */
    synchronized SslContext current() throws IOException, GeneralSecurityException {
        List<FileTime> times = times();
        SslContext context = made;
        if (context == null || !times.equals(madeOf)) {
            context = make();
            made = context;
            madeOf = times;
        }
        return context;
    }

    private List<FileTime> times() throws IOException {
        List<FileTime> times = new ArrayList<>();
        for (String file : new @Nullable String[] {files.ca(), files.certificate(), files.key()}) {
            if (file != null) {
                try {
                    times.add(Files.getLastModifiedTime(Path.of(file)));
                } catch (NoSuchFileException e) {
                    throw new IOException("there is no file " + file, e);
                }
            }
        }
        return times;
    }

    private SslContext make() throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .endpointIdentificationAlgorithm("HTTPS")
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        protocols()));
        if (files.ca() != null) {
            builder.trustManager(new File(files.ca()));
        }
        if (files.certificate() != null && files.key() != null) {
            SecretText password = files.keyPassword();
            builder.keyManager(
                    new File(files.certificate()),
                    new File(files.key()),
                    password == null ? null : password.resolve(environment));
        }
        return builder.build();
    }

    private List<String> protocols() {
        return switch (version) {
            case AUTO -> List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
            case HTTP_1_1 -> List.of(ApplicationProtocolNames.HTTP_1_1);
            case HTTP_2 -> List.of(ApplicationProtocolNames.HTTP_2);
        };
    }
}
