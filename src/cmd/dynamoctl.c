/*
 * src/cmd/dynamoctl.c - administers one house from the shell; see src/ctl/ctl.h.
 */
#include "config/confinement.h"
#include "ctl/ctl.h"

int main(int argc, char **argv)
{
    program_confine(&(struct confinement){ .program = CONFINED_CTL, .loose = true });
    return (int)ctl_run(argc, argv);
}
