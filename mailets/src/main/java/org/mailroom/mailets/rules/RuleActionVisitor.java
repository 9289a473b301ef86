/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

/** Has a method for each kind of action, so that a new kind does not compile before everybody handles it. */
public interface RuleActionVisitor {
    void fileInto(RuleAction.FileInto action);

    void copyInto(RuleAction.CopyInto action);

    void addFlag(RuleAction.AddFlag action);

    void removeFlag(RuleAction.RemoveFlag action);

    void setFlag(RuleAction.SetFlag action);

    void discard(RuleAction.Discard action);

    void keep(RuleAction.Keep action);

    void stop(RuleAction.Stop action);

    void toProcessor(RuleAction.ToProcessor action);
}
