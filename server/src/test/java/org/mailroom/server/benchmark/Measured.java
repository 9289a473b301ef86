/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.List;
import java.util.Optional;

/**
 * What was measured of one server.
 *
 * @param answers to each question; nothing for what the server cannot be asked
 * @param atOnce a message found that was stored right before
 */
record Measured(Loading loading, List<Optional<Answer>> answers, Answer atOnce, Deliveries deliveries) {

    /**
     * Getting the mail in and indexed.
     *
     * @param cpu seconds of the server's process
     * @param index octets
     * @param heap octets in use after all questions
     */
    record Loading(double seconds, double cpu, long index, long heap) {}

    /**
     * Messages that come in one by one.
     *
     * @param append seconds for all of them by APPEND
     * @param smtp seconds for as many by SMTP, until all are delivered
     */
    record Deliveries(double append, double smtp) {}

    boolean right() {
        return atOnce.right() && answers.stream().flatMap(Optional::stream).allMatch(Answer::right);
    }
}
