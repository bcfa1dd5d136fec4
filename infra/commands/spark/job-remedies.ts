// What to do about failures that Spark, Java and Python tell in words of their own.

import { JOB_REQUIREMENTS } from './spark-job.ts';

const kinds: readonly { readonly sign: RegExp; readonly remedy: string }[] = [
  {
    sign: /OutOfMemoryError|\bMemoryError\b|std::bad_alloc|exit(?:ed)?(?: with)? (?:code|status):? 137|memory limits|beyond (?:the )?'?(?:physical|virtual)'? memory/i,
    remedy:
      'Memory was short. Take more --workers, so that each has fewer rows; or give more: --spark-conf spark.executor.memory=8g for Java, ' +
      'spark.executor.memoryOverhead=8g for Python, where XGBoost keeps its rows, and spark.driver.memory=4g for the driver',
  },
  {
    sign: /SPARK-24819|more slots than the total number of slots/,
    remedy: 'The cluster has fewer cores than --workers asks for, all of which train at once: take fewer, or add cores',
  },
  {
    sign: /All masters are unresponsive|Failed to connect to master|Could not parse Master URL|Invalid master URL/,
    remedy:
      'No master of Spark answers there: check --master, and that this machine reaches it and is reached by its workers',
  },
  {
    sign: /No space left on device/,
    remedy:
      'A disk is full: Spark keeps rows that memory has no room for on those of the workers (spark.local.dir, SPARK_LOCAL_DIRS), and results on that of the driver',
  },
  {
    sign: /No module named|PYTHON_VERSION_MISMATCH|Python in worker has different version|Cannot run program "[^"]*python/,
    remedy: `A worker lacks the job's Python or packages: install ${JOB_REQUIREMENTS} with the same Python on each, and name it by PYSPARK_PYTHON`,
  },
  {
    sign: /UnsupportedClassVersionError|requires Java 17/,
    remedy: 'Spark runs on Java 17 or 21: set JAVA_HOME to one of them',
  },
];

/** The first that fits what was said. */
export const remedyOf = (said: string): string | undefined => kinds.find(({ sign }) => sign.test(said))?.remedy;
