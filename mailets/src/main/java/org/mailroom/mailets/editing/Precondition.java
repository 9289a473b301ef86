/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.editing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mailroom.mailets.editing.EditRefusedException.Reason;

/**
 * For which version of something a change is made: the headers {@code If-Match} and {@code If-None-Match} of RFC 9110
 * sections 13.1.1 and 13.1.2. Immutable.
 */
public final class Precondition {
    private final List<String> versions;
    private final boolean any;
    private final boolean none;

    private Precondition(List<String> versions, boolean any, boolean none) {
        this.versions = versions;
        this.any = any;
        this.none = none;
    }

    /**
     * @param ifMatch {@code *}, or versions in quotation marks, separated by commas
     * @param ifNoneMatch {@code *} alone
     * @throws EditRefusedException where neither is there, or both are
     */
    public static Precondition of(Optional<String> ifMatch, Optional<String> ifNoneMatch) throws EditRefusedException {
        if (ifMatch.isEmpty() && ifNoneMatch.isEmpty()) {
            throw new EditRefusedException(
                    Reason.NO_VERSION,
                    "which version is the change for? Send the header If-Match with the ETag that GET answers, or"
                            + " If-None-Match: * to create what is not there");
        }
        if (ifMatch.isPresent() && ifNoneMatch.isPresent()
                || ifNoneMatch.filter(value -> !value.strip().equals("*")).isPresent()) {
            throw new EditRefusedException(
                    Reason.INVALID, "send either If-Match with an ETag, or If-None-Match: * and nothing else");
        }
        List<String> versions = ifMatch.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .map(value -> value.replaceFirst("^\"(.*)\"$", "$1"))
                .toList();
        return new Precondition(versions, versions.contains("*"), ifNoneMatch.isPresent());
    }

    /**
     * @param what it is a version of, for the message
     * @param version the one that is there; empty where there is nothing
     * @throws EditRefusedException where the change was made for another
     */
    void check(String what, Optional<String> version) throws EditRefusedException {
        if (none && version.isPresent()) {
            throw new EditRefusedException(
                    Reason.OTHER_VERSION,
                    what + " is there already: to change it, send If-Match with its ETag, \"" + version.get() + "\"");
        }
        if (!none && version.isEmpty()) {
            throw new EditRefusedException(
                    Reason.OTHER_VERSION, what + " is not there: to create it, send If-None-Match: *");
        }
        if (!none && !any && version.filter(versions::contains).isEmpty()) {
            throw new EditRefusedException(
                    Reason.OTHER_VERSION,
                    what + " has changed: its ETag is \"" + version.orElseThrow() + "\" and not "
                            + versions.stream().map(given -> '"' + given + '"').toList()
                            + "; get it again, and make the change for what it is now");
        }
    }
}
