//! Against answers we did not write.
mod reference_cohort;
mod reference_task_shift;
mod stop_smoking;
