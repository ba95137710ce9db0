package dev.weft.job.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Files named on the command line; {@code -} is the standard input. */
final class InputFile {

    static final String STANDARD_INPUT = "-";

    private InputFile() {}

    /** Returns the name that messages about the file begin with. */
    static String named(String file) {
        return file.equals(STANDARD_INPUT) ? "<stdin>" : file;
    }

    /** Returns the file's text, which must be UTF-8. */
    static String text(Shell shell, String file) throws CommandFailure {
        try {
            byte[] bytes = file.equals(STANDARD_INPUT) ? shell.in().readAllBytes() : Files.readAllBytes(existing(file));
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw CommandFailure.input(named(file) + ": not UTF-8 text");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Returns the text of a file that another one names by its path from its own folder; nothing if it has none. */
    static Optional<String> beside(String file, String path) {
        try {
            Path named = Path.of(path);
            Path at = file.equals(STANDARD_INPUT) ? named : Path.of(file).resolveSibling(named);
            return Optional.of(Files.readString(at));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty(); // whoever reads the naming file says so, and where it names it
        }
    }

    /** Returns the path of a file that exists and is no folder. */
    static Path existing(String file) throws CommandFailure {
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw CommandFailure.input(file + ": is a folder, expected a file");
            }
            if (Files.notExists(path)) {
                throw CommandFailure.input(file + ": no such file");
            }
            return path;
        } catch (InvalidPathException e) {
            throw CommandFailure.input(file + ": not a file name");
        }
    }

    private static CommandFailure unreadable(String file, IOException why) {
        if (why instanceof NoSuchFileException) {
            return CommandFailure.input(named(file) + ": no such file");
        }
        String reason = why instanceof AccessDeniedException ? "permission denied" : why.getMessage();
        return CommandFailure.input(named(file) + ": cannot be read: " + reason);
    }
}
