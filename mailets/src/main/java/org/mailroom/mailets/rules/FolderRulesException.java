/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rules that cannot be used. The message says all that is wrong with them, a line for each: file, line, rule, reason. */
public final class FolderRulesException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Something wrong.
     *
     * @param line where in the file, from 1 on
     * @param rule the rule's name, or its number where it has none; empty outside of rules
     * @param reason what is wrong and what to do
     */
    public record Problem(int line, Optional<String> rule, String reason) {
        @Override
        public String toString() {
            return "line " + line + rule.map(name -> ", rule '" + name + "'").orElse("") + ": " + reason;
        }
    }

    private final transient List<Problem> problems;

    /** @param file what the message calls it */
    public FolderRulesException(String file, List<Problem> problems) {
        super(problems.stream().map(problem -> file + ", " + problem).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** In the order of the file; not kept where the exception is serialised. */
    public List<Problem> problems() {
        return problems;
    }
}
