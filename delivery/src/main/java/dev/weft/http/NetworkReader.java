package dev.weft.http;

import dev.weft.config.Fields;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which addresses may be called: {@code spec.network}. */
public final class NetworkReader {

    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*\\.?[A-Za-z0-9_-]+)*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final String EXPECTED = "a host such as billing.shop, or *.shop for all below shop";

    private NetworkReader() {}

    /** Returns the policy; a guarded one where the fields say nothing else. Closes the fields. */
    public static AddressPolicy read(Fields fields, Problems problems) {
        List<String> hosts = new ArrayList<>();
        Optional<List<Scalar>> texts = fields.optional("allowHosts").texts("a host");
        for (Scalar text : texts.orElse(List.of())) {
            if (text.text().length() <= 253
                    && (HOST.matcher(text.text()).matches()
                            || ADDRESS.matcher(text.text()).matches())) {
                hosts.add(text.text().toLowerCase(Locale.ROOT));
            } else {
                problems.add(text, text.described(), EXPECTED);
            }
        }
        boolean linkLocal = fields.optional("allowLinkLocal").flag().orElse(false);
        fields.close();
        return new AddressPolicy(hosts, linkLocal ? AddressPolicy.Refused.NOWHERE : AddressPolicy.Refused.LINK_LOCAL);
    }
}
