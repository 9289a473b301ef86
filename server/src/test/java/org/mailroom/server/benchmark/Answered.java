/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What was measured of a row of the table with one server.
 *
 * @param answer to the row's own question
 * @param unasked milliseconds that the first answers to never asked questions of its kind took
 */
record Answered(Answer answer, List<Double> unasked) {

    /** The median of the others; nothing where no other was asked. */
    OptionalDouble median() {
        return unasked.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Measuring.median(unasked));
    }
}
