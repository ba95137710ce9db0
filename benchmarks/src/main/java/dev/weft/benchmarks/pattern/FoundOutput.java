package dev.weft.benchmarks.pattern;

import dev.weft.job.flink.connect.Outbound;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/** Takes what an operator emits. */
final class FoundOutput implements Output<StreamRecord<Outbound>> {

    private final Found found = new Found();

    Found found() {
        return found;
    }

    @Override
    public void collect(StreamRecord<Outbound> element) {
        found.take(element.getValue());
    }

    @Override
    public <X> void collect(OutputTag<X> outputTag, StreamRecord<X> element) {
        throw new IllegalStateException("an event was late, or a match timed out that nobody asked for");
    }

    @Override
    public void emitWatermark(Watermark mark) {
        // nothing comes after
    }

    @Override
    public void emitWatermark(WatermarkEvent mark) {
        // nothing comes after
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {
        // nothing comes after
    }

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {
        // nothing comes after
    }

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {
        // nothing comes after
    }

    @Override
    public void close() {
        // nothing is held
    }
}
