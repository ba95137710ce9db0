package dev.weft.scale.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** What a proxy in front of a JobManager wants to see. Flink itself asks for certificates at most. */
public sealed interface Credentials {

    /** Returns the value of the header {@code Authorization}. */
    String header();

    /** A name and a password, RFC 7617. */
    record Basic(String user, String password) implements Credentials {

        @Override
        public String header() {
            return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        }

        @Override
        public String toString() {
            return "Basic[user=" + user + "]";
        }
    }

    /** A token, RFC 6750. */
    record Bearer(String token) implements Credentials {

        @Override
        public String header() {
            return "Bearer " + token;
        }

        @Override
        public String toString() {
            return "Bearer[]";
        }
    }
}
