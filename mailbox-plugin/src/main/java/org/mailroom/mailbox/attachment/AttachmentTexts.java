/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.attachment;

import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.mailbox.extractor.TextExtractor;
import org.mailroom.mailbox.config.AttachmentSettings;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.health.HealthContributor;
import org.mailroom.mailbox.health.HealthFact;
import org.mailroom.search.text.PartTextExtractor;

/** Chooses the extractor that reads texts of attachments, as the configuration says. One for a server; thread-safe. */
@Singleton
public final class AttachmentTexts implements HealthContributor {
    private final PartTextExtractor extractor;
    private final String version;
    private final Optional<TikaServer> tika;

    /** @param james James's own text extractor, which is asked where no Tika server is configured and it is Tika itself */
    @Inject
    public AttachmentTexts(SearchIndexConfiguration configuration, TextExtractor james) {
        Optional<AttachmentSettings> settings = configuration
                .attachmentText()
                .filter(server -> configuration.indexAttachments().orElse(true));
        tika = settings.map(
                server -> new TikaServer(server, configuration.textLimits().messageCharacters()));
        if (tika.isPresent()) {
            extractor = tika.get();
            version = "tika-" + settings.get().maxOctets();
        } else if (configuration.indexAttachments().orElse(JamesTextExtractor.isWorthwhile(james))) {
            extractor = new JamesTextExtractor(james);
            version = "attachments";
        } else {
            extractor = PartTextExtractor.NONE;
            version = "";
        }
    }

    /** {@link PartTextExtractor#NONE} where attachments are not searched. */
    public PartTextExtractor extractor() {
        return extractor;
    }

    /** Differs where attachments have other texts; empty where they have none. */
    public String version() {
        return version;
    }

    /**
     * Has {@code listener} called whenever texts that were unavailable can be had again. It never blocks.
     */
    public void whenBack(Runnable listener) {
        tika.ifPresent(server -> server.whenBack(listener));
    }

    @Override
    public List<HealthFact> facts() {
        return tika.map(TikaServer::facts).orElse(List.of());
    }
}
