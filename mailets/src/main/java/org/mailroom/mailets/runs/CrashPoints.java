/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

/** Is called at every point of a run at which a server might end: tests crash there. */
@FunctionalInterface
interface CrashPoints {
    CrashPoints NONE = point -> {};

    /** @param point where the run is */
    void reached(Point point);

    /** Points around one change, in order. */
    enum Point {
        BEFORE_INTENT,
        INTENDED,
        MADE,
        SETTLED,
        NOTED
    }
}
