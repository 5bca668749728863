# A new project builds and runs at once; an existing folder is left alone.
fx new first_steps && cd first_steps && ls -A && cat first_steps.fx && fx run first_steps.fx && fx test first_steps.fx; cd ..
fx new first_steps; echo "status $?"
fx new 'not a name'; echo "status $?"
ls
# A hyphen may stand in the folder's name, not in a module's.
fx new my-tool && cat my-tool/README.md my-tool/.gitignore && fx run my-tool/my_tool.fx
fx new my- ; echo "status $?"
