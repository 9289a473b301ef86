/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.cassandra;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.cassandra.service.CassandraDaemon;

/**
 * Runs Cassandra with the settings that the system property {@code cassandra.config} names, until standard input ends:
 * so it never outlives the process that started it.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Thread watch = new Thread(Main::endWithInput, "end of input");
        watch.setDaemon(true);
        watch.start();
        CassandraDaemon.main(args);
    }

    private static void endWithInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("Standard input cannot be read: " + e.getMessage());
        }
        System.exit(0);
    }
}
