package dev.weft.route.transform.jsonata;

import com.dashjoin.jsonata.JException;

/** Says what went wrong in the library's words, without what they quote: that may be of the payload. */
final class Words {

    private static final String CALLED_ERROR = "D3137";

    private Words() {}

    static String of(JException e) {
        String code = e.getError();
        String place = e.getLocation() > 0 ? " at character " + e.getLocation() : "";
        if (code.equals(CALLED_ERROR)) {
            return "it calls $error" + place;
        }
        String words = JException.msg(code, -1, "...", "...");
        return words.replace("\"...\"", "...") + place + " (JSONata's " + code + ")";
    }
}
