/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name of this process among those of a cluster: letters and digits, of its host and by chance, kept in a file. */
final class NodeName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]{1,40}");
    private static final int MAX_HOST = 30;
    private static final int RANDOM = 1 << 16;

    private NodeName() {}

    /**
     * The name in {@code file}, which is written where it is not there.
     *
     * @throws IOException where it can be neither read nor written
     */
    static String in(Path file) throws IOException {
        if (Files.exists(file)) {
            String name = Files.readString(file, StandardCharsets.US_ASCII).trim();
            if (NAME.matcher(name).matches()) {
                return name;
            }
        }
        String name = host() + String.format(Locale.ROOT, "%04x", new SecureRandom().nextInt(RANDOM));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, name + "\n", StandardCharsets.US_ASCII);
        return name;
    }

    private static String host() {
        try {
            String host = InetAddress.getLocalHost()
                    .getHostName()
                    .replaceAll("\\..*", "")
                    .replaceAll("[^A-Za-z0-9]", "");
            return "node" + host.substring(0, Math.min(MAX_HOST, host.length()));
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}
