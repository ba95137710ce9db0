package dev.weft.workflow.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where the documents are that definitions refer to: of APIs, of schemas. */
@FunctionalInterface
public interface Documents {

    /**
     * Returns the text of a document.
     *
     * @param endpoint as the definition writes it
     * @throws IOException if there is none; the message says why, in words
     */
    String text(String endpoint) throws IOException;

    /** Returns those beside a definition: paths from its directory on, with or without {@code file:} before them. */
    static Documents beside(Path definition) {
        Path file = definition.toAbsolutePath();
        return endpoint -> {
            String path = endpoint.replaceFirst("^file:(//)?", "");
            if (path.contains("://")) {
                throw new IOException("only files are read here");
            }
            try {
                return Files.readString(file.resolveSibling(path));
            } catch (InvalidPathException e) {
                throw new IOException("it is no path", e);
            } catch (java.nio.charset.CharacterCodingException e) {
                throw new IOException("it is not text in UTF-8", e);
            } catch (IOException e) {
                throw new IOException("there is no such file beside the definition", e);
            }
        };
    }
}
