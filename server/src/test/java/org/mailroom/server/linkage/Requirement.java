/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.linkage;

import java.util.Optional;
import org.mailroom.server.linkage.ClassFile.Member;

/**
 * What a class of Mailroom needs of a class that is not Mailroom's.
 *
 * @param by the class that needs it
 * @param owner the class it is needed of
 */
sealed interface Requirement {
    String by();

    String owner();

    /** That the class is there; where it is known how it is used, that it is a class or an interface. */
    record Exists(String by, String owner, Optional<Boolean> asInterface) implements Requirement {}

    /** That the class or interface can be extended or implemented. */
    record Extends(String by, String owner, boolean asInterface) implements Requirement {}

    /** That the member is there and may be used by {@code by}. */
    record Uses(String by, String owner, Member member, boolean ofStatic) implements Requirement {}

    /** That the class has, or inherits, a method that {@code by} overrides: nobody would call it otherwise. */
    record Overrides(String by, String owner, Member member) implements Requirement {}

    /** That the class itself has the member, whoever may use it: reached by reflection. */
    record Names(String by, String owner, Member member) implements Requirement {}
}
