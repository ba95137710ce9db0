package dev.weft.http;

import dev.weft.config.Fields;
import dev.weft.config.Problems;
import java.util.Optional;

/** STUB, replaced by the http helper's. */
public final class HttpSettingsReader {
    private HttpSettingsReader() {}

    /** STUB. */
    public static Optional<HttpSettings> read(Fields fields, Problems problems) {
        Optional<String> url = fields.required("url").text();
        int concurrency = fields.optional("concurrency").integer(1, 10_000).orElse(64);
        fields.close();
        return url.map(it -> new HttpSettings(it, HttpSettings.EventMode.BINARY, concurrency));
    }
}
