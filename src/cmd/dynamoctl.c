/*
 * src/cmd/dynamoctl.c - administers one house from the shell; see src/ctl/ctl.h.
 */
#include "ctl/ctl.h"

int main(int argc, char **argv)
{
    return (int)ctl_run(argc, argv);
}
