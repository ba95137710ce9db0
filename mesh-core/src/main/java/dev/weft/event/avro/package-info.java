/**
 * What does an Avro payload say? Start with {@link dev.weft.event.avro.AvroReader}. Knows no registry: the schema comes
 * with the job config.
 */
@NullMarked
package dev.weft.event.avro;

import org.jspecify.annotations.NullMarked;
