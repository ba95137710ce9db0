package dev.weft.scale.grpc;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Files in PEM the server shows who it is with. They are looked at every minute, and what is new in them holds for the
 * connections that follow.
 *
 * @param certificate the server's, with those between it and its authority
 * @param key the private key of it, PKCS #8
 * @param clientCa the authorities whose clients may connect; anybody may if there are none
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clientCa) {}
