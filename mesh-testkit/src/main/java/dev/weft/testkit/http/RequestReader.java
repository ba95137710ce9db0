package dev.weft.testkit.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cuts requests out of what came over one connection so far (RFC 9112). Throws where it is not HTTP. */
final class RequestReader {

    private byte[] bytes = new byte[4096];
    private int start;
    private int end;

    /** What stands before the body, and where the body starts. */
    private record Head(String method, String target, List<Map.Entry<String, String>> headers, int bodyStart) {

        @Nullable
        String header(String name) {
            for (Map.Entry<String, String> header : headers) {
                if (header.getKey().equalsIgnoreCase(name)) {
                    return header.getValue();
                }
            }
            return null;
        }
    }

    void add(ByteBuffer more) {
        int length = more.remaining();
        if (end + length > bytes.length) {
            int kept = end - start;
            byte[] room = kept + length > bytes.length ? new byte[2 * (kept + length)] : bytes;
            System.arraycopy(bytes, start, room, 0, kept);
            bytes = room;
            start = 0;
            end = kept;
        }
        more.get(bytes, end, length);
        end += length;
    }

    /** Whether the head of the next request asks to be told that its body is wanted. */
    boolean wantsToContinue() {
        Head head = head();
        return head != null && "100-continue".equalsIgnoreCase(head.header("expect"));
    }

    /** Returns the next request, or null while it is not complete. */
    @Nullable
    ReceivedRequest next(int connection) {
        Head head = head();
        if (head == null) {
            return null;
        }
        byte[] body = "chunked".equalsIgnoreCase(head.header("transfer-encoding")) ? chunked(head) : measured(head);
        if (body == null) {
            return null;
        }
        if (start == end) {
            start = 0;
            end = 0;
        }
        return new ReceivedRequest(
                System.nanoTime(),
                System.currentTimeMillis(),
                connection,
                head.method(),
                head.target(),
                head.headers(),
                body);
    }

    private @Nullable Head head() {
        int blank = endOfHead();
        if (blank < 0) {
            return null;
        }
        String[] lines = new String(bytes, start, blank - start, StandardCharsets.ISO_8859_1).split("\r\n");
        String[] request = lines[0].split(" ");
        if (request.length != 3) {
            throw new IllegalArgumentException("not a request line: " + lines[0]);
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>(lines.length);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.add(Map.entry(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
        }
        return new Head(request[0], request[1], headers, blank + 4);
    }

    private int endOfHead() {
        for (int i = start; i + 3 < end; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private byte @Nullable [] measured(Head head) {
        String length = head.header("content-length");
        int bodyEnd = head.bodyStart() + (length == null ? 0 : Integer.parseInt(length));
        if (bodyEnd > end) {
            return null;
        }
        start = bodyEnd;
        return Arrays.copyOfRange(bytes, head.bodyStart(), bodyEnd);
    }

    private byte @Nullable [] chunked(Head head) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = head.bodyStart();
        while (true) {
            int lineEnd = endOfLine(at);
            if (lineEnd < 0) {
                return null;
            }
            int length = Integer.parseInt(new String(bytes, at, lineEnd - at, StandardCharsets.ISO_8859_1), 16);
            at = lineEnd + 2;
            if (at + length + 2 > end) {
                return null;
            }
            body.write(bytes, at, length);
            at += length + 2;
            if (length == 0) {
                start = at;
                return body.toByteArray();
            }
        }
    }

    private int endOfLine(int from) {
        for (int i = from; i + 1 < end; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
