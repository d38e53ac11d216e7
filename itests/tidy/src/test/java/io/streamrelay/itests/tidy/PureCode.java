// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;

/**
 * What must stay out of the packages that a simulator runs in virtual time: whatever would make two runs with the
 * same events and the same seed differ, or touch the world.
 */
record PureCode(String... packages) {

    ArchRule sockets() {
        return noneDependsOn("java.net..", "java.nio.channels..", "javax.net..")
                .because("the engine has no sockets: answer with an Action, gossip.node moves the bytes");
    }

    ArchRule files() {
        return CompositeArchRule.of(noneDependsOn("java.nio.file.."))
                .and(noneDependsOn(describe("files of java.io", type -> type.getName()
                        .matches("java\\.io\\.(File\\w*|RandomAccessFile|PrintStream)"))))
                .because("the engine has no files: answer with an Action, the store keeps things");
    }

    ArchRule threads() {
        return CompositeArchRule.of(noneDependsOn("java.util.concurrent.."))
                .and(noneDependsOn(describe("threads, timers and processes", type -> type.getName()
                        .matches("java\\.lang\\.(Thread\\w*|InheritableThreadLocal|Runtime|Process\\w*)"
                                + "|java\\.util\\.Timer(Task)?"))))
                .and(noneAccesses(
                        Access.to("java.lang.Object.wait", "java.lang.Object.notify", "java.lang.Object.notifyAll")))
                .and(noMethods()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAnyPackage(packages)
                        .should()
                        .haveModifier(SYNCHRONIZED)
                        .allowEmptyShould(true))
                .because("one thread calls the engine: hand work over in gossip.node");
    }

    ArchRule clocks() {
        return CompositeArchRule.of(noneAccesses(Access.to(
                        "java.lang.System.currentTimeMillis",
                        "java.lang.System.nanoTime",
                        "java.util.Date.<init>",
                        "java.util.Calendar.getInstance")))
                .and(noneAccesses(Access.toMember("now", "java.time")))
                .and(noneDependsOn(describe(
                        "java.time.Clock", type -> type.getName().matches("java\\.time\\.(Clock|InstantSource)"))))
                .because("time is given to the engine: take it from the Now that comes with the event");
    }

    ArchRule chance() {
        return CompositeArchRule.of(noneAccesses(Access.to(
                        "java.lang.Math.random",
                        "java.lang.StrictMath.random",
                        "java.util.UUID.randomUUID",
                        "java.util.Random.<init>",
                        "java.util.SplittableRandom.<init>",
                        "java.util.random.RandomGenerator.getDefault",
                        "java.util.random.RandomGenerator.of")))
                .and(noneAccesses(describe("Collections.shuffle without a source", access -> access.getTarget()
                        .getFullName()
                        .equals("java.util.Collections.shuffle(java.util.List)"))))
                .and(noneDependsOn(describe("other sources of chance", type -> type.getName()
                        .matches("java\\.security\\.SecureRandom|java\\.util\\.random\\.RandomGeneratorFactory"))))
                .because("chance is given to the engine: draw from the RandomGenerator that is handed in");
    }

    ArchRule order() {
        return CompositeArchRule.of(noneAccesses(describe(
                        "an immutable set or map, whose order differs from run to run", access -> access.getTarget()
                                .getFullName()
                                .matches("java\\.util\\.(Set|Map)\\.(of|ofEntries|copyOf)\\(.+\\)"))))
                .and(noneAccesses(Access.to(
                        "java.lang.System.identityHashCode",
                        "java.util.IdentityHashMap.<init>",
                        "java.util.stream.Collectors.toUnmodifiableSet",
                        "java.util.stream.Collectors.toUnmodifiableMap",
                        "java.util.Collection.parallelStream")))
                .because("a run must replay from its seed: use a list, a linked, tree or enum collection");
    }

    ArchRule logs() {
        return CompositeArchRule.of(noneDependsOn("org.slf4j..", "java.util.logging.."))
                .and(noneDependsOn(
                        describe("System.Logger", type -> type.getName().startsWith("java.lang.System$Logger"))))
                .and(noneAccesses(Access.to(
                        "java.lang.System.out",
                        "java.lang.System.err",
                        "java.lang.System.getLogger",
                        "java.lang.Throwable.printStackTrace")))
                .because("the engine logs nothing: tell the observer, gossip.node writes the line");
    }

    ArchRule osgi() {
        return noneDependsOn("org.osgi..")
                .because("the engine runs without a framework: components belong in gossip.node");
    }

    /** The packages' classes; no class is fine too, for a test asks apart whether the packages are there. */
    private ArchRule none(ArchCondition<JavaClass> unwanted) {
        return noClasses().that().resideInAnyPackage(packages).should(unwanted).allowEmptyShould(true);
    }

    private ArchRule noneDependsOn(String... unwanted) {
        return none(ArchConditions.dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(unwanted)));
    }

    private ArchRule noneDependsOn(DescribedPredicate<JavaClass> unwanted) {
        return none(ArchConditions.dependOnClassesThat(unwanted));
    }

    private ArchRule noneAccesses(DescribedPredicate<JavaAccess<?>> unwanted) {
        return none(ArchConditions.accessTargetWhere(unwanted));
    }
}
