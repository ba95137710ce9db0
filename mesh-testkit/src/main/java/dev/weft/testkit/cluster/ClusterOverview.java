package dev.weft.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** What a Flink cluster says of itself at {@code /overview}. */
public record ClusterOverview(int taskManagers, int slots, int freeSlots, int runningJobs) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Asks the cluster; returns nothing while it does not answer or is not ready to. */
    static Optional<ClusterOverview> read(URI restAddress) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(restAddress.resolve("/overview"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return response.statusCode() == 200 ? Optional.of(of(JSON.readTree(response.body()))) : Optional.empty();
        } catch (IOException notUpYet) {
            return Optional.empty();
        }
    }

    private static ClusterOverview of(JsonNode answer) {
        return new ClusterOverview(
                answer.path("taskmanagers").intValue(),
                answer.path("slots-total").intValue(),
                answer.path("slots-available").intValue(),
                answer.path("jobs-running").intValue());
    }
}
