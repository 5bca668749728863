# A new project builds and runs at once; an existing folder is left alone.
fx new first_steps && cd first_steps && ls -A && cat first_steps.fx && fx run first_steps.fx && fx test first_steps.fx; cd ..
fx new first_steps; echo "status $?"
fx new 'not a name'; echo "status $?"
ls
