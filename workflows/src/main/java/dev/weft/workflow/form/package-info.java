/**
 * How are numbers and texts of what is kept written in bytes? Start with {@link dev.weft.workflow.form.OctetWriter},
 * and {@link dev.weft.workflow.form.OctetReader}, which never takes more memory than damaged bytes back. Knows nothing
 * of what is written.
 */
@NullMarked
package dev.weft.workflow.form;

import org.jspecify.annotations.NullMarked;
