/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/**
 * The trial server's loopback ports: each service listens on its standard port plus {@code base}.
 *
 * @param base 0 (the standard ports, which need rights) to {@value #MAX_BASE}
 */
public record Ports(int base) {
    private static final int SMTP = 25;
    private static final int IMAP = 143;
    private static final int IMAPS = 993;
    private static final int WEBADMIN = 8000;

    /** The highest base: webadmin's port must stay below 65536. */
    public static final int MAX_BASE = 65535 - WEBADMIN;

    public Ports {
        if (base < 0 || base > MAX_BASE) {
            throw new IllegalArgumentException("--port must be between 0 and " + MAX_BASE + ", not " + base);
        }
    }

    public int smtp() {
        return base + SMTP;
    }

    /** IMAP in the clear and with STARTTLS. */
    public int imap() {
        return base + IMAP;
    }

    public int imaps() {
        return base + IMAPS;
    }

    public int webadmin() {
        return base + WEBADMIN;
    }

    /** All ports the server will open. */
    public List<Integer> all() {
        return List.of(smtp(), imap(), imaps(), webadmin());
    }

    /**
     * Checks that all ports are free now, so that the user learns of it before James half starts.
     *
     * @throws IllegalStateException naming the first port that is taken
     */
    public void requireFree() {
        for (int port : all()) {
            try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                throw new IllegalStateException(
                        "Port " + port + " is taken (" + e.getMessage()
                                + "); choose another base with --port, such as --port "
                                + (base < 30000 ? base + 10000 : 10000),
                        e);
            }
        }
    }
}
