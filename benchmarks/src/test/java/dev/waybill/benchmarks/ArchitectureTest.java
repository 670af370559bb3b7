package dev.waybill.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** Guards of the architecture what Maven's modules can't. */
@AnalyzeClasses(packages = "dev.waybill", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] PURE = {
    "dev.waybill.model..", "dev.waybill.planner.master..", "dev.waybill.executor.agent.."
  };

  @ArchTest
  static final ArchRule theModelKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage("dev.waybill.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.waybill.runtime..", "dev.waybill.planner..", "dev.waybill.executor..");

  @ArchTest
  static final ArchRule theExecutorNeverDependsOnThePlanner =
      noClasses()
          .that()
          .resideInAnyPackage("dev.waybill.executor..", "dev.waybill.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.waybill.planner..");

  @ArchTest
  static final ArchRule pureCoresUseNoThreads =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Thread.class, Runtime.class, Process.class)
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("java.util.concurrent..");

  @ArchTest
  static final ArchRule pureCoresUseNoNetworkNorLogging =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "java.nio.channels..", "org.slf4j..", "java.sql..");

  @ArchTest
  static final ArchRule pureCoresUseNoFiles =
      noClasses()
          .that()
          .resideInAnyPackage("dev.waybill.planner.master..", "dev.waybill.executor.agent..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio.file..");

  @ArchTest
  static final ArchRule pureCoresUseNoClockNorChance =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(
              java.time.Clock.class, java.util.Random.class, java.security.SecureRandom.class);

  @ArchTest
  static final ArchRule databasesStayInTheCatalogue =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.waybill.planner.catalogue..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "javax.sql..",
              "org.jdbi..",
              "org.flywaydb..",
              "org.sqlite..",
              "org.postgresql..",
              "com.zaxxer..");

  @ArchTest
  static final ArchRule solverLibrariesStayWhereTheyAreWrapped =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.waybill.planner.lp..",
              "dev.waybill.planner.solve.mip..",
              "dev.waybill.planner.solve.cpsat..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.ortools..");

  @ArchTest
  static final ArchRule certificatesAreMadeByTheAuthorityAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.waybill.planner.authority..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..");

  @ArchTest
  static final ArchRule optaPlannerStaysInItsSolver =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.waybill.planner.solve.optaplanner..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.optaplanner..");

  @ArchTest
  static final ArchRule optaPlannersEntitiesStayInItsSolver =
      classes()
          .that()
          .areAnnotatedWith("org.optaplanner.core.api.domain.entity.PlanningEntity")
          .or()
          .areAnnotatedWith("org.optaplanner.core.api.domain.solution.PlanningSolution")
          .should()
          .onlyBeAccessed()
          .byAnyPackage("dev.waybill.planner.solve.optaplanner..");

  @ArchTest
  static final ArchRule serversStayAtTheRim =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.waybill.runtime.http..",
              "dev.waybill.executor.serve..",
              "dev.waybill.executor.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..");

  @ArchTest
  static final ArchRule everyPackageSaysWhetherThingsMayBeNull =
      classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith(org.jspecify.annotations.NullMarked.class);

  @ArchTest
  static final ArchRule modulesHaveNoCycles =
      SlicesRuleDefinition.slices().matching("dev.waybill.(*)..").should().beFreeOfCycles();
}
