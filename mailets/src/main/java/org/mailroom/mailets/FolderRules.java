/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.GenericMailet;
import org.mailroom.mailets.delivery.DeliveryRules;
import org.mailroom.mailets.delivery.Processors;

/**
 * Does what {@code conf/folder-rules.xml} says of mail that arrives, for each local recipient on their own. It tells
 * James's LocalDelivery where to store and with which flags, and so belongs right before it:
 *
 * <pre>{@code
 * <mailet match="All" class="org.mailroom.mailets.FolderRules"/>
 * <mailet match="All" class="LocalDelivery"/>
 * }</pre>
 *
 * <p>No rule loses or bounces mail: where one fails, or its folder is missing, the mail is kept where it would have been
 * stored without rules, and the log says why. A processor that a rule names must be there when James starts; one that
 * comes into a rule later is not handed mail before James was started again.
 *
 * <p>(The rules themselves are a {@link org.mailroom.mailets.rules.RuleBook}.)
 */
public final class FolderRules extends GenericMailet {
    private final DeliveryRules arriving;
    private Processors processors = Processors.NONE;

    /** Called by James. */
    @Inject
    public FolderRules(DeliveryRules arriving) {
        this.arriving = arriving;
    }

    @Override
    public void init() {
        processors = new Processors(Optional.of(getMailetContext()), Set.copyOf(arriving.processors()));
    }

    @Override
    public void service(Mail mail) {
        arriving.apply(mail, processors);
    }

    @Override
    public Collection<ProcessingState> requiredProcessingState() {
        return processors.known().stream().map(ProcessingState::new).toList();
    }

    @Override
    public String getMailetInfo() {
        return "Mailroom FolderRules";
    }
}
