/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

/**
 * What one server did with one combination.
 *
 * @param writes how many of a hundred commands were to be an APPEND or STORE
 * @param seconds how long commands were counted
 * @param cpu seconds of the server's process meanwhile; 0 where that is not known
 */
record LoadMeasured(
        String server,
        LoadMix mix,
        int connections,
        int writes,
        int users,
        double seconds,
        double cpu,
        LoadClient.Counts counts) {

    double perSecond() {
        return counts.all().getTotalCount() / seconds;
    }

    boolean isOf(LoadMix other, int connectionsOfOther, int writesOfOther, int usersOfOther) {
        return mix == other && connections == connectionsOfOther && writes == writesOfOther && users == usersOfOther;
    }
}
