/*
 * tests/faults/people.h - who works in the house of these tests, and who comes: the roster of
 * tests/flow/model.h (coaches anna, bram, cleo; services school, work, money).
 */
#ifndef TESTS_FAULTS_PEOPLE_H
#define TESTS_FAULTS_PEOPLE_H

#include "core/person.h"

#define PEOPLE_COACHES 3
#define PEOPLE_SERVICES 3
extern const char *const people_coaches[PEOPLE_COACHES];
extern const char *const people_services[PEOPLE_SERVICES];
extern const char people_roster[];

/* A person of whom there is only one; n 0..9999. */
struct person people_person(int n);

#endif
