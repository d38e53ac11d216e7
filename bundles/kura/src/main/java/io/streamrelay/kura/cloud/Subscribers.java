// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.cloud;

import io.streamrelay.api.TopicFilter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to hear which topics. */
final class Subscribers {

    private static final Logger LOG = LoggerFactory.getLogger(Subscribers.class);

    private record Subscriber(String filter, CloudSubscriberListener listener) {}

    private final List<Subscriber> all = new CopyOnWriteArrayList<>();

    void add(String filter, CloudSubscriberListener listener) {
        remove(listener);
        all.add(new Subscriber(filter, listener));
    }

    void remove(CloudSubscriberListener listener) {
        all.removeIf(each -> each.listener() == listener);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    boolean want(String topic) {
        return all.stream().anyMatch(each -> TopicFilter.matches(each.filter(), topic));
    }

    void tell(String topic, KuraMessage message) {
        for (Subscriber each : all) {
            if (TopicFilter.matches(each.filter(), topic)) {
                try {
                    each.listener().onMessageArrived(message);
                } catch (RuntimeException e) {
                    LOG.error("a subscriber of {} failed", each.filter(), e);
                }
            }
        }
    }
}
