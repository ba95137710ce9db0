package dev.weft.job.flink.connect;

import dev.weft.event.Received;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** A stream that no other stream waits for: it is idle whatever comes. */
final class TimelessWatermarks implements WatermarkStrategy<Received> {

    private static final long serialVersionUID = 1;

    @Override
    public WatermarkGenerator<Received> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        return new Idle();
    }

    private static final class Idle implements WatermarkGenerator<Received> {

        @Override
        public void onEvent(Received received, long timestamp, WatermarkOutput output) {
            output.markIdle();
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.markIdle();
        }
    }
}
