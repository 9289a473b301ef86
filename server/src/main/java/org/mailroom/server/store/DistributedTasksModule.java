/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import com.google.common.collect.Sets;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import java.util.Set;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.james.backends.cassandra.components.CassandraModule;
import org.apache.james.backends.rabbitmq.SimpleConnectionPool;
import org.apache.james.eventsourcing.Event;
import org.apache.james.eventsourcing.eventstore.EventStore;
import org.apache.james.eventsourcing.eventstore.cassandra.CassandraEventStore;
import org.apache.james.eventsourcing.eventstore.cassandra.CassandraEventStoreModule;
import org.apache.james.eventsourcing.eventstore.cassandra.EventNestedTypes;
import org.apache.james.eventsourcing.eventstore.cassandra.dto.EventDTO;
import org.apache.james.eventsourcing.eventstore.cassandra.dto.EventDTOModule;
import org.apache.james.json.DTO;
import org.apache.james.json.DTOConverter;
import org.apache.james.json.DTOModule;
import org.apache.james.modules.server.HostnameModule;
import org.apache.james.modules.server.TaskSerializationModule;
import org.apache.james.server.task.json.JsonTaskSerializer;
import org.apache.james.server.task.json.TaskModuleInjectionKeys;
import org.apache.james.server.task.json.dto.AdditionalInformationDTO;
import org.apache.james.server.task.json.dto.AdditionalInformationDTOModule;
import org.apache.james.server.task.json.dto.TaskDTO;
import org.apache.james.server.task.json.dto.TaskDTOModule;
import org.apache.james.task.Task;
import org.apache.james.task.TaskExecutionDetails;
import org.apache.james.task.TaskManager;
import org.apache.james.task.eventsourcing.EventSourcingTaskManager;
import org.apache.james.task.eventsourcing.TaskExecutionDetailsProjection;
import org.apache.james.task.eventsourcing.TerminationSubscriber;
import org.apache.james.task.eventsourcing.WorkQueueSupplier;
import org.apache.james.task.eventsourcing.cassandra.CassandraTaskExecutionDetailsProjection;
import org.apache.james.task.eventsourcing.cassandra.CassandraTaskExecutionDetailsProjectionModule;
import org.apache.james.task.eventsourcing.distributed.CancelRequestQueueName;
import org.apache.james.task.eventsourcing.distributed.RabbitMQTerminationSubscriber;
import org.apache.james.task.eventsourcing.distributed.RabbitMQWorkQueue;
import org.apache.james.task.eventsourcing.distributed.RabbitMQWorkQueueConfiguration;
import org.apache.james.task.eventsourcing.distributed.RabbitMQWorkQueueConfiguration$;
import org.apache.james.task.eventsourcing.distributed.RabbitMQWorkQueueReconnectionHandler;
import org.apache.james.task.eventsourcing.distributed.RabbitMQWorkQueueSupplier;
import org.apache.james.task.eventsourcing.distributed.TasksSerializationModule;
import org.apache.james.task.eventsourcing.distributed.TerminationQueueName;
import org.apache.james.task.eventsourcing.distributed.TerminationReconnectionHandler;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;

/** James's distributed task manager: its tasks are kept in Cassandra and queued in RabbitMQ, and one runs at a time. */
final class DistributedTasksModule extends SingletonsModule {

    @Override
    protected void configure() {
        install(new HostnameModule());
        install(new TaskSerializationModule());
        single(CassandraEventStore.class, EventStore.class);
        single(CassandraTaskExecutionDetailsProjection.class, TaskExecutionDetailsProjection.class);
        single(EventSourcingTaskManager.class, TaskManager.class);
        single(RabbitMQWorkQueueSupplier.class, WorkQueueSupplier.class);
        single(RabbitMQTerminationSubscriber.class, TerminationSubscriber.class);
        bind(CancelRequestQueueName.class).toInstance(CancelRequestQueueName.generate());
        bind(TerminationQueueName.class).toInstance(TerminationQueueName.generate());
        bind(RabbitMQWorkQueueConfiguration.class).toInstance(RabbitMQWorkQueueConfiguration$.MODULE$.enabled());
        Multibinder<CassandraModule> tables = Multibinder.newSetBinder(binder(), CassandraModule.class);
        tables.addBinding().toInstance(CassandraTaskExecutionDetailsProjectionModule.MODULE());
        tables.addBinding().toInstance(CassandraEventStoreModule.MODULE());
        Multibinder<SimpleConnectionPool.ReconnectionHandler> reconnections =
                Multibinder.newSetBinder(binder(), SimpleConnectionPool.ReconnectionHandler.class);
        reconnections.addBinding().to(RabbitMQWorkQueueReconnectionHandler.class);
        reconnections.addBinding().to(TerminationReconnectionHandler.class);
    }

    @Provides
    @Singleton
    Set<EventDTOModule<? extends Event, ? extends EventDTO>> taskEvents(
            JsonTaskSerializer tasks,
            DTOConverter<TaskExecutionDetails.AdditionalInformation, AdditionalInformationDTO> details,
            DTOConverter<Task, TaskDTO> converter) {
        return TasksSerializationModule.list(tasks, details, converter);
    }

    @Provides
    @Singleton
    @Named(EventNestedTypes.EVENT_NESTED_TYPES_INJECTION_NAME)
    Set<DTOModule<?, ? extends DTO>> partsOfTaskEvents(
            @Named(TaskModuleInjectionKeys.ADDITIONAL_INFORMATION_DTO)
                    Set<
                                    AdditionalInformationDTOModule<
                                            ? extends TaskExecutionDetails.AdditionalInformation,
                                            ? extends AdditionalInformationDTO>>
                            details,
            @Named(TaskModuleInjectionKeys.TASK_DTO) Set<TaskDTOModule<? extends Task, ? extends TaskDTO>> tasks) {
        return Sets.union(details, tasks);
    }

    @ProvidesIntoSet
    InitializationOperation startTermination(RabbitMQTerminationSubscriber subscriber) {
        return InitilizationOperationBuilder.forClass(RabbitMQTerminationSubscriber.class)
                .init(subscriber::start);
    }

    @ProvidesIntoSet
    InitializationOperation startTasks(EventSourcingTaskManager tasks) {
        return InitilizationOperationBuilder.forClass(RabbitMQWorkQueue.class).init(tasks::start);
    }
}
